/** A configuration that the program refuses to start with; the message is for the person who wrote it. */
export class ConfigError extends Error {}
