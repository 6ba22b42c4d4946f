import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { newOwnField, ownField, ownFieldEdit, ownValues } from './own-fields.ts'
import './rights.ts'

/** What the register of this installation has of a site besides the national fields. */
export const ownFieldEndpoints = {
  ownFields: {
    method: 'GET',
    path: '/api/register/fields',
    summary: 'The fields that this installation has defined for its register, the retired ones too',
    needs: 'signedIn',
    output: z.array(ownField),
  },
  ownValues: {
    method: 'GET',
    path: '/api/register/fields/values',
    summary: 'What the sites of the own scope say in fields of this installation, or some of them',
    needs: 'signedIn',
    cost: 5,
    query: z.object({
      /** Keys of fields, with commas between them. */
      keys: z.string().regex(/^own\d{1,4}(,own\d{1,4}){0,19}$/),
      /** Only of these: their ids, with commas between them, at most 500. */
      sites: z
        .string()
        .regex(/^\d{1,9}(,\d{1,9}){0,499}$/)
        .optional(),
    }),
    output: ownValues,
  },
  addOwnField: {
    method: 'POST',
    path: '/api/register/fields',
    summary: 'Define a field of the register: text, number, day, choice or yes-no',
    needs: 'ownField.manage',
    body: newOwnField,
    output: ownField,
  },
  changeOwnField: {
    method: 'PATCH',
    path: '/api/register/fields/:id',
    summary:
      'Change or retire a field; what sites say of it stays. Choices are retired, not taken away. 409: somebody has changed it meanwhile',
    needs: 'ownField.manage',
    params: id,
    body: ownFieldEdit,
    output: ownField,
  },
} as const satisfies Record<string, Endpoint>
