import { networkInterfaces } from 'node:os'

/** Whether this machine has an IPv6 address that the world reaches: not one of itself, of its link or of its house alone. */
export const hasOwnSix = (): boolean =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .some(({ family, internal, address }) => family === 'IPv6' && !internal && !/^f[ed]/i.test(address))
