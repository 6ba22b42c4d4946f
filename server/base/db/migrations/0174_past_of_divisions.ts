/** What a division was told is read by its sites, by its groups, and by each kind of what concerns everybody, wherever they stand in the log. */
export const indexes = [
  { name: 'fact_register_changed', on: "fact (seq) where kind = 'register.changed'" },
  { name: 'fact_of_group', on: 'fact (district, seq) where district is not null' },
]
