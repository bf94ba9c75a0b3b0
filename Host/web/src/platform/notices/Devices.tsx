import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { say, warn } from '@/app/feedback'
import { canPush, devicesKey, joinPush, leavePush, readDevices, thisDevice } from '@/app/pwa/push'
import { t } from '@/texts'
import { Chip } from '@/ui/Chip'
import { dateTime } from '@/ui/format'

/** Browsers that take notices while the page is closed. */
export function Devices() {
  const client = useQueryClient()
  const [here, setHere] = useState(thisDevice)
  const devices = useQuery({ queryKey: devicesKey, queryFn: readDevices })
  const settled = () => {
    setHere(thisDevice())
    void client.invalidateQueries({ queryKey: devicesKey })
  }
  const join = useMutation({
    mutationFn: joinPush,
    onSuccess: joined => (joined ? say(t('platform.pushOn')) : warn(t('platform.pushDenied'))),
    onError: error => (error instanceof DOMException ? warn(t('platform.pushFailed')) : undefined),
    meta: { quiet: true },
    onSettled: settled,
  })
  const leave = useMutation({ mutationFn: (id: string) => (id === here ? leavePush() : api.delete(`push/devices/${id}`)), onSettled: settled })
  const test = useMutation({ mutationFn: () => api.post('push/test'), onSuccess: () => say(t('platform.pushTested')) })
  const items = devices.data?.items ?? []
  const joined = here !== null && items.some(item => item.id === here)
  return (
    <section className="panel panel-pad admin-narrow notice-block">
      <div className="notice-line">
        <div className="grow">
          <h2 className="panel-title">{t('platform.push')}</h2>
          <p className="muted">{t(canPush() ? 'platform.pushText' : 'platform.pushUnable')}</p>
        </div>
        {canPush() && !joined && <Button type="primary" icon={<BellOutlined />} loading={join.isPending} onClick={() => join.mutate()}>{t('platform.pushJoin')}</Button>}
        {joined && <Button loading={test.isPending} onClick={() => test.mutate()}>{t('platform.pushTest')}</Button>}
      </div>
      {items.length > 0 && (
        <ul className="plain">
          {items.map(item => (
            <li key={item.id} className="row-line">
              <span className="grow">
                {item.device} {item.id === here && <Chip color="green">{t('platform.thisDevice')}</Chip>}
                <span className="muted small notice-since">{item.error ?? dateTime(item.createdAt)}</span>
              </span>
              <Button type="text" danger loading={leave.isPending && leave.variables === item.id} onClick={() => leave.mutate(item.id)}>{t('platform.pushLeave')}</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
