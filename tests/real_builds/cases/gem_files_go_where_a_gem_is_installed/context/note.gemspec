Gem::Specification.new do |gem|
  gem.name = 'note'
  gem.version = '1.0.0'
  gem.summary = 'A note'
  gem.authors = ['A']
  gem.files = ['lib/note.rb']
end
