import type { FormInstance } from 'antd'
import { isProblem, placeErrors } from '@/api/problem'
import { report, warn } from '@/app/feedback'

type FieldPath = string | number | (string | number)[]
type FieldErrorData = { name: FieldPath; errors: string[] }

/** Puts the server's field errors at their form fields; what belongs to no field is said as a message. `place`: where the form names a field otherwise than the server. */
export function showProblem<T>(form: FormInstance<T>, error: unknown, place = (field: string) => field) {
  if (!isProblem(error) || error.errors.length === 0) return report(error)
  const names = Object.keys(form.getFieldsValue(true) as object)
  const mounted = form.getFieldsError().map(field => field.name.join('.'))
  const { placed, rest } = placeErrors(error.errors.map(one => ({ ...one, field: place(one.field) })), [...new Set([...mounted, ...names])].filter(name => mounted.includes(name)))
  const data: FieldErrorData[] = [...placed].map(([field, errors]) => ({ name: field.split('.'), errors }))
  form.setFields(data as Parameters<typeof form.setFields>[0])
  const first = data[0]
  if (first) form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], { block: 'center', focus: true })
  if (rest.length > 0) warn(rest.join(' '))
}
