/** Browser and system that a user agent names, as people know them: 'Chrome 126 · Windows'. Empty: it names none. */
export function deviceOf(agent: string, weChat: string): string {
  const browser =
    /(MicroMessenger|Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(
      agent.replace(/Chrome\/\S+ (?=.*(?:Edg|OPR|MicroMessenger)\/)/, ''),
    ) ?? /^([\w-]+)(?:\/(\d+))?/.exec(agent)
  const names: Readonly<Record<string, string>> = {
    MicroMessenger: weChat,
    Edg: 'Edge',
    OPR: 'Opera',
    Version: 'Safari',
  }
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux|HarmonyOS)/.exec(agent)?.[1]
  const name = browser?.[1] && `${names[browser[1]] ?? browser[1]} ${browser[2] ?? ''}`.trim()
  return [name, system?.replace('Mac OS X', 'macOS')].filter(Boolean).join(' · ')
}
