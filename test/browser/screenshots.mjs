import { register } from 'tsx/esm/api'

/* `npm run screenshots`: every page at three sizes in both languages, into ./screenshots. */
register()
await import('./screenshots.ts')
