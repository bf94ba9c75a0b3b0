import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { t } from '@/texts'

const colors = ['blue', 'green', 'gold', 'orange', 'red', 'purple', 'cyan', 'magenta']

/** The choices of a field, in the order people see them. */
export function OptionsEditor() {
  const needed = [{ required: true, message: '' }]
  return (
    <Form.Item label={t('platform.options')} required>
      <Form.List name="options">
        {(rows, { add, remove, move }, { errors }) => (
          <>
            {rows.map(({ key, name }, index) => (
              <div key={key} className="option-row">
                <Form.Item name={[name, 'label', 'zh']} rules={needed} noStyle><Input placeholder={t('platform.nameZh')} aria-label={t('platform.nameZh')} /></Form.Item>
                <Form.Item name={[name, 'label', 'en']} rules={needed} noStyle><Input placeholder={t('platform.nameEn')} aria-label={t('platform.nameEn')} /></Form.Item>
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
            <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ key: `option${rows.length + 1}` })}>{t('platform.addOption')}</Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
