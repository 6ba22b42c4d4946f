import type { Edition } from '../../people/settings/settings-rules.ts'
import cn2015 from './cn-2015.json' with { type: 'json' }
import cn2019 from './cn-2019.json' with { type: 'json' }
import { type EditionBody, editionBody } from './editions.ts'

/** The editions that come with the product. For the server and tests: screens ask for what they need of them. */
export const BUILT_IN: Readonly<Record<Edition, EditionBody>> = {
  'cn-2015': editionBody.parse(cn2015),
  'cn-2019': editionBody.parse(cn2019),
}
