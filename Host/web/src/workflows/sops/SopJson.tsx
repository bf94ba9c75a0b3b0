import { CopyOutlined, DownloadOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import type { Sop } from '../definition/sop'
import { download } from './sopFile'

export function SopJson({ definition }: { definition: Sop }) {
  const text = JSON.stringify(definition, null, 2)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    say(t('workflows.copied'))
  }
  return (
    <>
      <Space style={{ marginBottom: 12 }}>
        <Button icon={<DownloadOutlined />} onClick={() => download(`${definition.key}.json`, text)}>{t('workflows.exportJson')}</Button>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>{t('workflows.copy')}</Button>
      </Space>
      <pre className="json-view" tabIndex={0}>{text}</pre>
    </>
  )
}
