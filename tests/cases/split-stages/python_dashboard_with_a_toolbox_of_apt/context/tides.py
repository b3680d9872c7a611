import pandas
import streamlit

streamlit.line_chart(pandas.read_csv("tides.csv", index_col="hour"))
