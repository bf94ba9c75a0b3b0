import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Notification, Page } from '@/api/types'

type Answer = Page<Notification> & { unread: number }

export function useNotifications(limit = 20) {
  return useInfiniteQuery({
    queryKey: [...keys.notifications, limit],
    queryFn: ({ pageParam }) => api.get<Answer>('notifications', { limit, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
  })
}

/** Marks a notification as read and goes where it points. */
export function useOpenNotification() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const read = useMutation({
    mutationFn: (id: string) => api.post(`notifications/${id}/read`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  })
  return (notification: Notification) => {
    if (!notification.read) read.mutate(notification.id)
    if (notification.link) void navigate(notification.link)
  }
}

export function useReadAll() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post('notifications/read-all'),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  })
}
