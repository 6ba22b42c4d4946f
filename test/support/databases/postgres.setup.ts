import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateDatabase, migratedPostgres } from './templates.ts'

/** One PostgreSQL for the run; its template database has the schema and the divisions, and no other rows. */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined) return onGiven(project, given)
  const server = await migratedPostgres()
  // What is cloned must have nobody connected to it.
  project.provide('postgres', { url: server.url('template1'), template: 'postgres' })
  return server.remove
}

/** The server of somebody else gets a template of its own, for the time of this run. */
async function onGiven(project: TestProject, url: string) {
  const template = `siteward_template_${process.pid}`
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`create database ${template}`)
  const templateUrl = new URL(url)
  templateUrl.pathname = `/${template}`
  await migrateDatabase(templateUrl.href)
  project.provide('postgres', { url, template })
  return async () => {
    await admin.query(`drop database if exists ${template}`)
    await admin.end()
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the real PostgreSQL is, and the database to clone. */
    postgres: { url: string; template: string }
    /** Data directory of the embedded database to copy. */
    embedded: { template: string }
  }
}
