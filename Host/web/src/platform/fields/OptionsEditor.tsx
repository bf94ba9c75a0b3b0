import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import type { Option } from '@/api/types'
import { locale, otherLocale, t } from '@/texts'

const colors = ['blue', 'green', 'gold', 'orange', 'red', 'purple', 'cyan', 'magenta']

/** Nobody needs to invent one; it stays when the name changes. */
function freeKey(taken: (string | undefined)[]) {
  let n = taken.length + 1
  while (taken.includes(`option${n}`)) n++
  return `option${n}`
}

/** The choices of a field, in the order people see them. */
export function OptionsEditor() {
  const form = Form.useFormInstance()
  const needed = [{ required: true, message: '' }]
  const other = otherLocale()
  const otherName = t(other === 'en' ? 'platform.nameEn' : 'platform.nameZh')
  return (
    <Form.Item label={t('platform.options')} required>
      <Form.List name="options">
        {(rows, { add, remove, move }, { errors }) => (
          <>
            {rows.map(({ key, name }, index) => (
              <div key={key} className="option-row">
                <Form.Item name={[name, 'label', locale()]} rules={needed} noStyle><Input autoFocus={!form.getFieldValue(['options', name, 'label', locale()])} placeholder={t('platform.ownName')} aria-label={t('platform.ownName')} /></Form.Item>
                <Form.Item name={[name, 'label', other]} noStyle><Input placeholder={otherName} aria-label={otherName} /></Form.Item>
                <Form.Item name={[name, 'key']} rules={needed} noStyle><Input placeholder={t('platform.key')} aria-label={t('platform.key')} /></Form.Item>
                <Form.Item name={[name, 'color']} noStyle>
                  <Select
                    allowClear
                    aria-label={t('platform.color')}
                    options={colors.map(color => ({ value: color, label: <span className={`chip chip-${color}`}>●</span> }))}
                  />
                </Form.Item>
                <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={t('platform.up')} disabled={index === 0} onClick={() => move(index, index - 1)} />
                <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label={t('platform.down')} disabled={index === rows.length - 1} onClick={() => move(index, index + 1)} />
                <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={() => remove(name)} />
              </div>
            ))}
            <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ key: freeKey((form.getFieldValue('options') as Partial<Option>[]).map(one => one.key)) })}>{t('platform.addOption')}</Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
