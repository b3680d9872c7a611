def main():
    print("13:25")
