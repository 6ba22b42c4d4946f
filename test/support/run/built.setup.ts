import { spawnBuilt } from '../../../server/base/spawn.ts'
// Parts that read pages do so by the rules in force, as in the whole program.
import '../../../server/monitor/verdicts/in-force.ts'

/** What the server starts beside itself comes from the build that `npm test` has just made, as in production. */
if (process.env.TEST_BUILT) spawnBuilt(process.env.TEST_BUILT)
