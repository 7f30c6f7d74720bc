"""Makes `store-0003.zip`: the content of the first file, in a store of revision 0003.

Run once by the program of its day, when revision 0004 was made; see `make_store_0001`.

    python -m tests.files.make_store_0003
"""

from tests.files import make_store_0001 as first

FILE = first.FILE.with_name("store-0003.zip")


def main() -> None:
    """Write the file."""
    first.FILE, first.REVISION = FILE, "0003"
    first.main()


if __name__ == "__main__":
    main()
