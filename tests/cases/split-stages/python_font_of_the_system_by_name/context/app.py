from PIL import ImageFont
ImageFont.truetype('DejaVuSans.ttf', 20)
