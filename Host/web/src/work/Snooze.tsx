import { Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { t } from '@/texts'
import { DateInput } from '@/ui/dates'

export default function Snooze({ choose, close }: { choose: (until: Dayjs) => void; close: () => void }) {
  const [until, setUntil] = useState<Dayjs>(() => dayjs().add(1, 'day').hour(9).startOf('hour'))
  return (
    <Modal open title={t('work.snoozeUntil')} okText={t('app.ok')} okButtonProps={{ disabled: until.isBefore(dayjs()) }} onOk={() => choose(until)} onCancel={close} width={360}>
      <DateInput
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={until}
        onChange={next => next && setUntil(next)}
        minDate={dayjs()}
        aria-label={t('work.snoozeUntil')}
        style={{ width: '100%' }}
      />
    </Modal>
  )
}
