"""What leaves gbaqa: citations in the styles and formats people use, conversations as documents, facts as tables."""
