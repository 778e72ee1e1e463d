/** What the simulated network and phone suffer at the moment: set in the panel, felt by every simulated picture. */
import type { Incident } from '@/src/live/media/simulated/incident'
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const useIncident = defineStore('incident', () => ({ incident: ref<Incident>('none') }))
