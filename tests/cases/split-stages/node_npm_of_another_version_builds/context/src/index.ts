import e from 'express'
