import subprocess
subprocess.run(["gs", "-v"])
