import type { TestProject } from 'vitest/node'
import { embeddedTemplate } from './templates.ts'

/** The embedded database's template, made once for all runs. */
export default async function setup(project: TestProject) {
  project.provide('embedded', { template: await embeddedTemplate() })
}
