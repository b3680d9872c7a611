export interface Plan {
  start: number;
  people: string[];
}

export function onDuty(plan: Plan, week: number): string {
  const turn = (week - plan.start) % plan.people.length;
  return plan.people[turn < 0 ? turn + plan.people.length : turn];
}
