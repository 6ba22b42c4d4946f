import { register } from 'tsx/esm/api'

/*
 * `npm run screenshots`: every page at three sizes in both languages, into ./screenshots. `-- --handbook`: the pictures of the
 * handbook, beside its texts.
 */
register()
await import(process.argv.includes('--handbook') ? '../people/handbook/pictures.ts' : './screenshots.ts')
