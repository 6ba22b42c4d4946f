import { SECOND } from '../../../shared/base/time.ts'

/*
 * What one client may take of the live plane. Each bound is far above what browsers do (one connection each, two
 * or three messages a minute) and far below what would be felt by others.
 */

/** One message of a client; a subscription to 200 rooms is 5 KB. */
export const MAX_MESSAGE = 16 * 1024
/** A client that has connected and not said to what (or may not) is closed after this. */
export const CONNECT_MS = 5 * SECOND

/** Connections of one process, and of one person or wall link in it; many desks may share an account. */
export const MAX_SOCKETS = 5_000
export const MAX_OF_PERSON = 1_200
/** Connections of nobody (not signed in, or not yet known): of all addresses, and of one. */
export const MAX_NOBODIES = 300
export const MAX_NOBODIES_OF_ADDRESS = 50

/** Handshakes: by what they show (a cookie, a token), which one office may all share; or by address, for nobody. */
export const HANDSHAKES = { burst: 1_500, perSecond: 50 }
export const HANDSHAKES_OF_NOBODY = { burst: 60, perSecond: 5 }
/** Handshakes that a client loses which was sent away for what it did. */
export const FINE = 60

/** Frames of one connection, pings included; beyond that it is closed. */
export const FRAMES = { burst: 200, perSecond: 20 }
/** Subscriptions of one connection; beyond that they are refused. */
export const SUBSCRIPTIONS = { burst: 30, perSecond: 2 }
/** Whole boards for one connection; beyond that they are refused. */
export const SNAPSHOTS = { burst: 8, perSecond: 0.2 }
/** What a refused client is told to wait. */
export const RETRY_MS = 3 * SECOND

/** Rooms that one connection hears, and different sets of rooms that the connections of one person hear. */
export const MAX_ROOMS = 200
export const MAX_VIEWS_OF_PERSON = 60

/** Who missed more facts than this gets the whole board, which is less. */
export const MAX_MISSED = 400

/** What may wait for a client that does not read: bytes, pushes, and for how long. */
export const MAX_BACKLOG_BYTES = 1024 * 1024
export const MAX_BACKLOG_PUSHES = 150
export const MAX_BACKLOG_MS = 20 * SECOND
/** A client that is dropped may read why for so long. */
export const LAST_WORD_MS = SECOND

/**
 * Sessions of handshakes that are looked up at a time, and those of open connections that are looked up again: who comes back with a
 * thousand others leaves the database to those who are there.
 */
export const LOOKED_UP_AT_ONCE = 4
export const LOOKED_UP_AGAIN_AT_ONCE = 2
/** Handshakes that are begun, and connections that are let in, in one turn of the event loop: most of it is done behind the turn. */
export const HANDSHAKES_AT_ONCE = 20
export const ADMITTED_AT_ONCE = 20
/** Work on subscriptions in one turn of the event loop; between turns, everything else has its say. */
export const TURN_MS = 5
/** How long it is believed who a cookie or a token is, so that a wave of handshakes asks the database once. */
export const KNOWN_MS = SECOND
