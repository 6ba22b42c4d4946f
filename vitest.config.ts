import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/run/longest-first.ts'
import { patient } from './test/support/run/patience.ts'
import { endpoints } from './vite.endpoints.ts'
import { words } from './vite.words.ts'

const DATABASE_TESTS = 'test/**/*.db.test.ts'
/**
 * What they are about has nothing to do with the kind of database, but lines, browsers, rules, or a file that is loaded: once is enough, on the
 * quicker one. Of each noun some others are run on both, and the product itself, by every page, on the embedded one.
 */
const ON_POSTGRES_ONLY = 'test/**/*.pg.db.test.ts'
/** What they stand in for, or count, is kept by the program: it is loaded for each anew. */
const ALONE = 'test/**/*.alone.test.ts'
const SYSTEM_TESTS = 'test/**/*.system.test.ts'
const BROWSER_TESTS = 'test/**/*.browser.test.ts'

/** Programs that the server starts come from the build, where there is one of now. */
const BUILT = 'test/support/run/built.setup.ts'

/**
 * A worker loads the program once for all its files, which is a fifth of their time. What the program keeps between two
 * files is set back by the setup.
 */
const together = { isolate: false, setupFiles: [BUILT, 'test/support/as-started.setup.ts'] }

/**
 * Five sizes of test. `unit`, and `alone` where a file must not share the loaded program: rules and parts, no database, milliseconds. `embedded` and `postgres`: the same
 * files on both kinds of database. `system`: the product as processes, killed and starved. `browser`: the built
 * product in Chromium. The last two wait much, so two files at once take little longer than one.
 */
export default defineConfig({
  plugins: [vue(), endpoints(), words()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [DATABASE_TESTS, SYSTEM_TESTS, BROWSER_TESTS, ALONE],
          isolate: false,
          setupFiles: BUILT,
          testTimeout: patient(30_000),
        },
      },
      { extends: true, test: { name: 'alone', include: [ALONE], testTimeout: patient(30_000) } },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: [DATABASE_TESTS],
          exclude: [ON_POSTGRES_ONLY],
          ...together,
          globalSetup: 'test/support/databases/embedded.setup.ts',
          env: { TEST_DATABASE: 'embedded' },
          testTimeout: patient(30_000),
          hookTimeout: patient(60_000),
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [DATABASE_TESTS],
          ...together,
          globalSetup: 'test/support/databases/postgres.setup.ts',
          env: { TEST_DATABASE: 'postgres' },
          testTimeout: patient(30_000),
          hookTimeout: patient(60_000),
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: [SYSTEM_TESTS],
          isolate: false,
          setupFiles: BUILT,
          testTimeout: patient(120_000),
          hookTimeout: patient(120_000),
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          isolate: false,
          setupFiles: BUILT,
          globalSetup: 'test/browser/product.setup.ts',
          // As many as there are roles: each waits for its pages, most of its time.
          maxConcurrency: 6,
          testTimeout: patient(120_000),
          hookTimeout: patient(180_000),
        },
      },
    ],
    // Two cores are what continuous integration has; the databases need some of them too.
    maxWorkers: 2,
    passWithNoTests: true,
    expect: { poll: { timeout: patient(5_000) } },
    sequence: { sequencer: LongestFirst },
  },
})
