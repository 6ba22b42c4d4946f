/** Without www; sites that are folders of one host are told apart by the folder. */
export function hostOf({ url }: { readonly url: string }): string {
  const { host, pathname } = new URL(url)
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/(index\.\w+)?$/, '')}`
}
