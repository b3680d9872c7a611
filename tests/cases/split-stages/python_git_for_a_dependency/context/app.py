from langchain_community.document_loaders import GitLoader

docs = GitLoader(repo_path="/tmp/r", clone_url="https://github.com/pallets/click", branch="main").load()
print(len(docs))
