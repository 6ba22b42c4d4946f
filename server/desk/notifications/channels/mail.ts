import { isIP } from 'node:net'
import type { MailSettings } from '../../../../shared/desk/notifications/notifications.ts'
import type { Outlet } from './outlet.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * Hands one mail to the server, over a connection of its own.
 * @returns the server's reply. @throws Unreachable, or nodemailer's error with the server's `responseCode`.
 */
export async function sendMail(
  line: Outlet,
  { host, port, security, user, from }: MailSettings,
  password: string | undefined,
  mail: Mail,
): Promise<string> {
  const { createTransport } = await import('nodemailer')
  const address = await line.addressOf(host, port)
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { ...(isIP(host) === 0 && { servername: host }), ...(line.ca && { ca: line.ca }) },
    ...(user && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: line.answerMs,
    greetingTimeout: line.answerMs,
    socketTimeout: line.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const sent = await transport.sendMail({ from, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } })
    return sent.response
  } finally {
    transport.close()
  }
}
