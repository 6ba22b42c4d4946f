import { register } from 'tsx/esm/api'

/* `npm run bench`: measures most of what the README claims, on this machine, in about ten minutes;
   `npm run bench -- census` the parts of that name alone, with those of a whole nation; register, looking, letters, search,
   nation, browsers, rendering, crawl, night and recording only so (all.ts); reader changes the labelled pages and reads the copies (reader/reader.ts). */
// What the parts have started ends with this process, also when it is told to stop.
for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }))
  process.once(signal, () => process.exit(128 + number))
register()
await import(process.argv[2] === 'reader' ? './reader/reader.ts' : './all.ts')
