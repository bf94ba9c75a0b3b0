import { Form, Modal } from 'antd'
import { useState } from 'react'
import { explain } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'

/** Who looks after these from now on. */
export function GiveDialog({ busy, error, close, give }: { busy: boolean; error: unknown; close: () => void; give: (owner: string) => void }) {
  const [owner, setOwner] = useState<unknown>()
  return (
    <Modal open title={t('watch.giveTitle')} okText={t('watch.give')} okButtonProps={{ disabled: typeof owner !== 'string' }} confirmLoading={busy} onOk={() => give(owner as string)} onCancel={close}>
      <Form layout="vertical">
        <Form.Item label={t('watch.givenTo')} validateStatus={error == null ? undefined : 'error'} help={error == null ? undefined : explain(error)}>
          <ReferenceSelect field={{ references: 'user', label: t('watch.givenTo') }} value={owner} onChange={setOwner} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
