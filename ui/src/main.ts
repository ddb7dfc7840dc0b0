import { mount } from 'svelte';
import { openDoor } from './lib/backend';
import Window from './lib/desk/Window.svelte';
import './lib/look/tokens.css';
import './lib/look/base.css';
import './lib/look/form.css';

const target = document.getElementById('app');
if (target) mount(Window, { target, props: { backend: await openDoor() } });
