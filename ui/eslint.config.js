import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const ONE_DOOR = 'Only src/lib/backend touches Tauri or HTTP: ask the backend.';
const WIRES = ['fetch', 'EventSource', 'WebSocket', 'XMLHttpRequest', '__TAURI_INTERNALS__'];

export default ts.config(
  { ignores: ['dist/', 'src/lib/backend/types/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    rules: {
      // TypeScript knows what is defined.
      'no-undef': 'off',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig,
      },
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/lib/backend/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@tauri-apps/*'], message: ONE_DOOR },
            { regex: 'backend/(tauri|http|fake)', message: ONE_DOOR },
          ],
        },
      ],
      'no-restricted-globals': ['error', ...WIRES.map((name) => ({ name, message: ONE_DOOR }))],
      'no-restricted-properties': [
        'error',
        ...WIRES.flatMap((property) =>
          ['window', 'globalThis', 'self'].map((object) => ({
            object,
            property,
            message: ONE_DOOR,
          })),
        ),
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'No string is ever read as HTML.',
        })),
      ],
    },
  },
  {
    // Tests play a backend, and look at what was rendered.
    files: ['src/**/*.test.ts', 'src/test/**'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-properties': 'off' },
  },
);
