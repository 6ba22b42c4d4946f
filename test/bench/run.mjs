import { register } from 'tsx/esm/api'

/* `npm run bench -- reader` changes the labelled pages and reads the copies (reader/reader.ts);
   `npm run bench`: measures what the README claims, on this machine, in about six minutes;
   `npm run bench -- census` the parts of that name alone, with those of a whole nation. */
register()
await import(process.argv[2] === 'reader' ? './reader/reader.ts' : './all.ts')
