/**
 * A limit of time ends what hangs; how quick something is, `npm run bench` says. A whole run has each processor busy with
 * more than one file, perhaps on a slow machine, and is as many times as patient (`TEST_PATIENCE`) as a run of one file.
 * @param ms how long it is waited for at most where nothing else goes on.
 */
export const patient = (ms: number): number => ms * Number(process.env.TEST_PATIENCE ?? 1)
