import { startEmbeddedBy } from '../../server/base/db/connect.ts'
import { goBy } from '../../server/people/settings/settings.ts'
import { goByBuiltIn } from '../../server/register/rule-editions/in-force.ts'
import { DEFAULT_SETTINGS } from '../../shared/people/settings/settings.ts'
import { inOneHost } from './databases/one-host.ts'

/** Files of one worker share the program: each begins with the settings that a process begins with. */
goBy({ version: 0, settings: DEFAULT_SETTINGS })
goByBuiltIn()
startEmbeddedBy(inOneHost)
