import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  build: {
    // WebKitGTK 2.40 and later; every browser of the last three years.
    target: ['safari16.4', 'chrome111', 'firefox115'],
    sourcemap: false,
    // Nothing as a data: address: the policy of the page allows its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // A limit for a hang, not an expectation of speed: the machine may be busy.
    testTimeout: 30_000,
    // Style sheets are empty in tests, but for the one whose contrasts are measured.
    css: { include: [/tokens\.css/] },
  },
});
