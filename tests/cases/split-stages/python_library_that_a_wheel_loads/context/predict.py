import os

import lightgbm

model = lightgbm.Booster(model_file=os.environ["MODEL"])
print(model.num_trees())
