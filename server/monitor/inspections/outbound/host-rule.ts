/** The rule by which hosts that went bad are found; each has one alert, whoever links to it. */
export const HOST_RULE = 'outbound-hijacked'
