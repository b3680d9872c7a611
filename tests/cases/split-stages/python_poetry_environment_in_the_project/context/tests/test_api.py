from harbour.api import ships


def test_ships():
    assert ships()
