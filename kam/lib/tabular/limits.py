"""How much of a file we are ready to read. Beyond it a clear message, never a full memory."""

MAX_BYTES = 300 * 1024 * 1024
MAX_WORKBOOK = 60 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 150  # unpacked to packed size, of a part that is not small
MAX_PARTS = 2_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
MAX_FIELD = 1_000_000  # characters
MAX_LINE = 8_000_000
PARSER_MEMORY = 1_500 * 1024 * 1024
PARSER_SECONDS = 120
