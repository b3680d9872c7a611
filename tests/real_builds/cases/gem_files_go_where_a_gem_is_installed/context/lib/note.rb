# A note that explains itself.
module Note
  TEXT = 'noted'
end
