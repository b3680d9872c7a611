from tides.main import tide


def test_dover():
    assert tide("dover").metres > 6
