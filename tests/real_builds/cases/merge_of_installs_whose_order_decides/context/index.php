<?php

echo "served\n";
