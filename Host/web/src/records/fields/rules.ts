import type { Rule } from 'antd/es/form'
import type { Field } from '@/api/types'
import { label, t } from '@/texts'

/** As the server counts it. */
export const longest = (field: Field) => field.maxLength ?? (field.type === 'longText' ? 10_000 : 200)

const mail = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
const phone = /^\+?[0-9][0-9 ()-]{3,29}$/

const test = (pattern: RegExp, message: string): Rule => ({
  // not before it is written to its end
  validateTrigger: 'onBlur',
  validator: (_, value: unknown) =>
    typeof value !== 'string' || value.trim() === '' || pattern.test(value.trim()) ? Promise.resolve() : Promise.reject(new Error(message)),
})

/** When a form looks at a field: what was missing is forgiven as soon as it is there. */
export const triggers = ['onBlur', 'onChange']

/** Hints while typing, the same as the server's rules; the server's answer is what counts. */
export function rulesFor(field: Field): Rule[] {
  const rules: Rule[] = []
  // the very name `whitespace` in a rule makes antd ask for a text, whatever it says
  const filled = field.type === 'text' ? { required: true, whitespace: true } : { required: true }
  if (field.required) rules.push({ ...filled, message: t('records.required', { field: label(field.label) }) })
  if (field.type === 'email') rules.push(test(mail, t('records.notEmail')))
  if (field.type === 'phone') rules.push(test(phone, t('records.notPhone')))
  if (field.type === 'url') rules.push(test(/^https?:\/\/\S+$/i, t('records.notUrl')))
  return rules
}
