import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  // Packages of "dependencies" stay outside the bundle and are loaded from node_modules: better-sqlite3 carries a binary.
  main: {
    build: { outDir: 'out/main', rolldownOptions: { input: 'src/main/index.ts', output: { format: 'es' } } },
  },
  // A sandboxed preload cannot load other files: one CommonJS file with everything inside.
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // The polyfill fetches, which the page may not do; the Chromium we run on does not need it.
      modulePreload: { polyfill: false },
      // Inlined files would be data: URLs, which the content security policy allows for images only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
