/** What the socket brings: whoever asks anew after a fact knows facts from here. */
export type { Fact } from '../../../shared/base/facts.ts'
