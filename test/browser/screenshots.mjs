import { register } from 'tsx/esm/api'

/*
 * `npm run screenshots`: every page in every look and state, with contact sheets, into ./screenshots; words narrow it down.
 * `-- --handbook`: the pictures of the handbook, beside its texts.
 */
register()
await import(process.argv.includes('--handbook') ? '../people/handbook/pictures.ts' : './screenshots.ts')
