import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { ahead } from './vite.ahead.ts'
import { keepBuilds, precompress } from './vite.builds.ts'
import { scripts } from './vite.chunks.ts'
import { endpoints } from './vite.endpoints.ts'
import { handbook } from './vite.handbook.ts'
import { latin } from './vite.latin.ts'
import { words } from './vite.words.ts'

const NO_WEB_TRANSPORT = fileURLToPath(new URL('./web/base/live/no-web-transport.ts', import.meta.url))

const web = defineConfig({
  root: 'web',
  // A way for live news that nobody asks for (`web/base/live/live.ts` says which are) is not sent to browsers.
  resolve: { alias: [{ find: /^\.\/webtransport\.js$/, replacement: NO_WEB_TRANSPORT }] },
  plugins: [vue(), endpoints(), words(), handbook(), ahead(), precompress(), keepBuilds()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      checks: { pluginTimings: false },
      output: scripts(),
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: 'http://127.0.0.1:3000' },
      '/socket.io': { target: 'http://127.0.0.1:3000', ws: true },
    },
  },
})

/** The server's programs, one file each in `dist/server`; packages stay in node_modules. */
const server = defineConfig({
  publicDir: false,
  plugins: [latin()],
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        main: 'server/app/main.ts',
        embedded: 'server/base/db/embedded/program.ts',
        fleet: 'server/demo/fleet/main.ts',
        'test-site': 'server/demo/planted/main.ts',
        workbook: 'server/base/sheet/workbook-reader.ts',
        reader: 'server/monitor/visit/reading/thread.ts',
        inspector: 'server/monitor/inspections/crawl/thread.ts',
        document: 'server/census/documents/templates/writer.ts',
        render: 'server/monitor/rendering/browser/main.ts',
        import: 'server/app/import.ts',
        prepare: 'server/app/prepare/prepare.ts',
        read: 'server/monitor/read/cli.ts',
        secrets: 'server/base/secrets/cli.ts',
        backup: 'server/base/backup/backup.ts',
        restore: 'server/base/backup/restore.ts',
        doctor: 'server/app/doctor/doctor.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', comments: false },
    },
  },
})

/** `vite build` makes the pages, `vite build --mode server` the server. */
export default defineConfig(({ mode }) => (mode === 'server' ? server : web))
