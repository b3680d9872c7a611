import flask
open("x","w")
