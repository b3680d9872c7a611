import tkinter

from PIL import Image, ImageTk

root = tkinter.Tk()
picture = ImageTk.PhotoImage(Image.new("RGB", (64, 64), "navy"))
tkinter.Label(root, image=picture).pack()
root.mainloop()
