<?php

const NOTE = "noted";
